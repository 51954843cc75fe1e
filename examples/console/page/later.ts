/** What is not needed for the first screens: a script of its own, fetched when the first ones are there. */
export { PairDialogs } from './parts/pair-dialogs.js';
export { Activity } from './screens/activity.js';
export { Find } from './screens/find.js';
export { PairAddresses, PairHistory } from './screens/pair-more.js';
export { Protect } from './screens/protect.js';
export { Scope } from './screens/scope.js';
export { Scopes } from './screens/scopes.js';
