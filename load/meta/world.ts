/** A Meta app: who signs the webhooks, and where on the product they go (`webhookPath` is joined to the base). */
export type MetaApp = {
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
  readonly verifyToken: string;
  readonly webhookPath: string;
};

/** A business phone number on the Cloud API. `displayPhoneNumber` is digits; `token` opens its whole WABA. */
export type MetaNumber = {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly wabaId: string;
  readonly businessId: string;
  readonly appId: string;
  readonly token: string;
};

/** Somebody with WhatsApp. `waId` is digits, absent for who hides the number; `userId` is the business-scoped id. */
export type MetaPerson = {
  readonly name: string;
  readonly userId: string;
  readonly waId?: string;
  readonly username?: string;
};

export type World = {
  readonly apps: readonly MetaApp[];
  readonly numbers: readonly MetaNumber[];
  readonly people: readonly MetaPerson[];
};

/** The Meta app that the product itself owns; numbers belong to it unless they say otherwise. */
export const platformApp: MetaApp = {
  appId: '634974688087057',
  name: 'Parley',
  secret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
  webhookPath: '/api/webhooks/whatsapp',
};

const globexOwnApp: MetaApp = {
  appId: '634974688087058',
  name: 'Globex Own',
  secret: 'globex-app-secret',
  verifyToken: 'globex-verify-token',
  webhookPath: '/api/webhooks/whatsapp/globex-own',
};

/** The demo world. The seed reads it too, so that the product and the simulated Meta agree. */
export const world: World = {
  apps: [platformApp, globexOwnApp],
  numbers: [
    {
      phoneNumberId: '106540352242922',
      displayPhoneNumber: '15550783881',
      verifiedName: 'Acme Solar',
      wabaId: '102290129340398',
      businessId: '506914307656634',
      appId: platformApp.appId,
      token: 'demo-token-acme',
    },
    {
      phoneNumberId: '106540352242923',
      displayPhoneNumber: '15550783882',
      verifiedName: 'Globex',
      wabaId: '102290129340399',
      businessId: '506914307656635',
      appId: platformApp.appId,
      token: 'demo-token-globex',
    },
    {
      phoneNumberId: '106540352242924',
      displayPhoneNumber: '15550783883',
      verifiedName: 'Tiny',
      wabaId: '102290129340400',
      businessId: '506914307656636',
      appId: platformApp.appId,
      token: 'demo-token-tiny',
    },
    {
      phoneNumberId: '106540352242925',
      displayPhoneNumber: '15550783884',
      verifiedName: 'Globex Own',
      wabaId: '102290129340401',
      businessId: '506914307656635',
      appId: globexOwnApp.appId,
      token: 'demo-token-globex-own',
    },
  ],
  people: [
    { name: 'Alex Lind', waId: '16505551234', userId: 'US.13491208655302741918' },
    { name: 'Fatou Sarr', waId: '221775550142', userId: 'SN.20417735590182664371' },
    { name: 'Ravi Kulkarni', waId: '919820055512', userId: 'IN.31862290457710358824' },
    { name: 'Bao Nguyen', userId: 'VN.47730915286640127395', username: 'bao.nguyen' },
    { name: 'Not on WhatsApp', waId: '16505131026', userId: 'US.58204471936625013847' },
  ],
};
