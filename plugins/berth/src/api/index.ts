export { berthApiRef } from './berthApiRef';
export { berthApiFactory } from './berthApiFactory';
export { tenancyApiRef } from './tenancyApiRef';
export { tenancyApiFactory } from './tenancyApiFactory';
export { requestsApiRef } from './requestsApiRef';
export { requestsApiFactory } from './requestsApiFactory';
