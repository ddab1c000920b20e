/** What a person can do something about; said in one line, without where in the code it was noticed. */
export class Trouble extends Error {}
