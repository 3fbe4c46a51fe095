export { createAccessRequestAction } from './createAccessRequestAction';
export { createHelmInstallAction } from './createHelmInstallAction';
export { createNamespaceRequestAction } from './createNamespaceRequestAction';
export { createPersonalNamespaceAction } from './createPersonalNamespaceAction';
export { createQuotaRequestAction } from './createQuotaRequestAction';
