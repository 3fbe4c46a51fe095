import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { RiShipLine } from '@remixicon/react';
import { berthApiFactory } from './api';
import { entityExtensions } from './entityExtensions';
import { rootRouteRef, routes } from './routes';

const berthApi = ApiBlueprint.make({
  params: defineParams => defineParams(berthApiFactory),
});

const berthPage = PageBlueprint.make({
  params: {
    path: '/berth',
    routeRef: rootRouteRef,
    title: 'Kubernetes',
    icon: <RiShipLine />,
    // The pages bring the header themselves: its tabs depend on the caller.
    noHeader: true,
    loader: () => import('./pages').then(m => <m.BerthPages />),
  },
});

const clusterPicker = FormFieldBlueprint.make({
  name: 'cluster-picker',
  params: {
    field: () =>
      import('./features/templates/formFields').then(m => m.clusterFormField),
  },
});

const groupPicker = FormFieldBlueprint.make({
  name: 'group-picker',
  params: {
    field: () =>
      import('./features/templates/formFields').then(m => m.groupFormField),
  },
});

const namespacePicker = FormFieldBlueprint.make({
  name: 'namespace-picker',
  params: {
    field: () =>
      import('./features/templates/formFields').then(m => m.namespaceFormField),
  },
});

const namespaceName = FormFieldBlueprint.make({
  name: 'namespace-name',
  params: {
    field: () =>
      import('./features/templates/formFields').then(
        m => m.namespaceNameFormField,
      ),
  },
});

const requestPreview = FormFieldBlueprint.make({
  name: 'request-preview',
  params: {
    field: () =>
      import('./features/templates/formFields').then(
        m => m.requestPreviewFormField,
      ),
  },
});

const sizeClassPicker = FormFieldBlueprint.make({
  name: 'size-class-picker',
  params: {
    field: () =>
      import('./features/templates/formFields').then(m => m.sizeClassFormField),
  },
});

const chartVersionPicker = FormFieldBlueprint.make({
  name: 'chart-version-picker',
  params: {
    field: () =>
      import('./features/templates/formFields').then(
        m => m.chartVersionFormField,
      ),
  },
});

/**
 * Berth for apps of the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'berth',
  title: 'Kubernetes',
  icon: <RiShipLine />,
  info: { packageJson: () => import('../package.json') },
  routes,
  extensions: [
    berthApi,
    berthPage,
    clusterPicker,
    groupPicker,
    namespacePicker,
    namespaceName,
    requestPreview,
    sizeClassPicker,
    chartVersionPicker,
    ...entityExtensions,
  ],
});
