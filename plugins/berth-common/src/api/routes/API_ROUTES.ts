import { ACCESS_ROUTES } from './access';
import { ACTIVITY_ROUTES } from './activity';
import { CHART_ROUTES } from './charts';
import { CLUSTER_ROUTES } from './clusters';
import { DIRECTORY_ROUTES } from './directory';
import { HELM_ROUTES } from './helm';
import { HELM_OPERATION_ROUTES } from './helmOperations';
import { KEY_ROUTES } from './keys';
import { KUBECTL_ROUTES } from './kubectl';
import { NAMESPACE_ROUTES } from './namespaces';
import { PLAN_ROUTES } from './plan';
import { REQUEST_ROUTES } from './requests';
import { RESOURCE_ROUTES } from './resources';
import { TERMINAL_ROUTES } from './terminals';
import type { ApiRoute } from './ApiRoute';

/**
 * All routes of the API. A test compares them with the routers of the backend; `npm run openapi` writes the OpenAPI
 * document from them.
 *
 * @public
 */
export const API_ROUTES: readonly ApiRoute[] = [
  ...ACCESS_ROUTES,
  ...CLUSTER_ROUTES,
  ...PLAN_ROUTES,
  ...NAMESPACE_ROUTES,
  ...REQUEST_ROUTES,
  ...ACTIVITY_ROUTES,
  ...KEY_ROUTES,
  ...KUBECTL_ROUTES,
  ...RESOURCE_ROUTES,
  ...HELM_ROUTES,
  ...CHART_ROUTES,
  ...HELM_OPERATION_ROUTES,
  ...TERMINAL_ROUTES,
  ...DIRECTORY_ROUTES,
];
