export { createAccessRequestAction } from './createAccessRequestAction';
export { createNamespaceRequestAction } from './createNamespaceRequestAction';
export { createQuotaRequestAction } from './createQuotaRequestAction';
