/** Whether this tab is about to give up the tenant's place by itself, and goes elsewhere: then its loss is no news. */
let isOn = false;

export const isGivingUp = () => isOn;
export function setGivingUp(on: boolean): void {
  isOn = on;
}
