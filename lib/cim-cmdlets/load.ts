/** What each of the cmdlets is and does, loaded with its first call. */
export const getCimAssociatedInstance = () =>
  (require('./cmdlets/get-cim-associated-instance.js') as typeof import('./cmdlets/get-cim-associated-instance.js'))
    .getCimAssociatedInstanceDefinition;
export const getCimClass = () =>
  (require('./cmdlets/get-cim-class.js') as typeof import('./cmdlets/get-cim-class.js')).getCimClassDefinition;
export const getCimInstance = () =>
  (require('./cmdlets/get-cim-instance.js') as typeof import('./cmdlets/get-cim-instance.js')).getCimInstanceDefinition;
export const getCimSession = () =>
  (require('./cmdlets/get-cim-session.js') as typeof import('./cmdlets/get-cim-session.js')).getCimSessionDefinition;
export const invokeCimMethod = () =>
  (require('./cmdlets/invoke-cim-method.js') as typeof import('./cmdlets/invoke-cim-method.js'))
    .invokeCimMethodDefinition;
export const newCimInstance = () =>
  (require('./cmdlets/new-cim-instance.js') as typeof import('./cmdlets/new-cim-instance.js')).newCimInstanceDefinition;
export const newCimSession = () =>
  (require('./cmdlets/new-cim-session.js') as typeof import('./cmdlets/new-cim-session.js')).newCimSessionDefinition;
export const newCimSessionOption = () =>
  (require('./cmdlets/new-cim-session-option.js') as typeof import('./cmdlets/new-cim-session-option.js'))
    .newCimSessionOptionDefinition;
export const registerCimIndicationEvent = () =>
  (require('./cmdlets/register-cim-indication-event.js') as typeof import('./cmdlets/register-cim-indication-event.js'))
    .registerCimIndicationEventDefinition;
export const removeCimInstance = () =>
  (require('./cmdlets/remove-cim-instance.js') as typeof import('./cmdlets/remove-cim-instance.js'))
    .removeCimInstanceDefinition;
export const removeCimSession = () =>
  (require('./cmdlets/remove-cim-session.js') as typeof import('./cmdlets/remove-cim-session.js'))
    .removeCimSessionDefinition;
export const setCimInstance = () =>
  (require('./cmdlets/set-cim-instance.js') as typeof import('./cmdlets/set-cim-instance.js')).setCimInstanceDefinition;
