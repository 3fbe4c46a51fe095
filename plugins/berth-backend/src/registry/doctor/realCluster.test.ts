import {
  ControlPlane,
  ControlPlaneOidc,
  describeWithControlPlane,
} from '@berth/control-plane';
import { parse } from 'yaml';
import { createGuide } from '../onboarding/createGuide';
import { OnboardingContext } from '../onboarding/types';
import { testDoctor } from '../../../__testUtils__/testDoctor';

const CA_FILE = '/etc/rancher/k3s/berth/issuer-ca.pem';

/** Returns the OIDC flags of the guide for k3s, and asserts that it has exactly the expected other flags. */
function flagsOfGuide(context: OnboardingContext): ControlPlaneOidc {
  const [ca, config] = createGuide('k3s', context).steps;
  const given: string[] = parse(config.text)['kube-apiserver-arg+'];
  const {
    'oidc-issuer-url': issuerUrl,
    'oidc-client-id': clientId,
    'oidc-username-prefix': usernamePrefix,
    'oidc-groups-prefix': groupsPrefix,
    ...others
  } = Object.fromEntries(
    given.map(argument => argument.split(/=(.*)/s).slice(0, 2)),
  );
  expect(others).toEqual({
    'oidc-username-claim': 'sub',
    'oidc-groups-claim': 'groups',
    'oidc-ca-file': CA_FILE,
  });
  return { issuerUrl, clientId, usernamePrefix, groupsPrefix, caPem: ca.text };
}

describeWithControlPlane('doctor against a real control plane', () => {
  testDoctor({
    version: ControlPlane.version() ?? '',
    tellsGroups: false,
    certificate: 'Warning',
    start: async context => {
      const controlPlane = await ControlPlane.start({
        oidc: flagsOfGuide(context),
      });
      return {
        apiServer: controlPlane.apiServer,
        caPem: controlPlane.caPem,
        adminToken: controlPlane.adminToken,
        restart: changed =>
          controlPlane.restartApiServer(flagsOfGuide(changed)),
        stopApiServer: () => controlPlane.stopApiServer(),
        stop: () => controlPlane.stop(),
      };
    },
  });
});
