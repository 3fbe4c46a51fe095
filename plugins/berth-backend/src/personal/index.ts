export { PersonalNamespaces } from './PersonalNamespaces';
export { scheduleAbsentUsers } from './recordAbsentUsers';
export type { AbsentUsersOptions } from './recordAbsentUsers';
export { createPersonalRouter } from './router';
export { readPersonalRules } from './settings';
