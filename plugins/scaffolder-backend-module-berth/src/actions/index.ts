export { createAccessRequestAction } from './createAccessRequestAction';
export { createHelmInstallAction } from './createHelmInstallAction';
export { createNamespaceRequestAction } from './createNamespaceRequestAction';
export { createQuotaRequestAction } from './createQuotaRequestAction';
