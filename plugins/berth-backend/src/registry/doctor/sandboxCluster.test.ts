import { SandboxCluster } from '@berth/cluster-sandbox';
import { describeWithKubectl } from '@berth/control-plane';
import { OnboardingContext } from '../onboarding/types';
import { testDoctor } from '../../../__testUtils__/testDoctor';

const VERSION = 'v1.33.1';

function start({ cluster, issuer, issuerCaPem }: OnboardingContext, port = 0) {
  return SandboxCluster.start({
    name: 'doctor',
    version: VERSION,
    port,
    issuer: {
      url: issuer,
      caPem: issuerCaPem,
      audience: cluster.id,
      usernamePrefix: cluster.usernamePrefix,
      groupsPrefix: cluster.groupsPrefix,
    },
  });
}

/** The sandbox is like a current cluster, with SelfSubjectReview and ValidatingAdmissionPolicy. */
describeWithKubectl('doctor against the sandbox', () => {
  testDoctor({
    version: VERSION,
    tellsGroups: true,
    certificate: 'Passed',
    start: async context => {
      let sandbox = await start(context);
      return {
        get apiServer() {
          return sandbox.apiServer;
        },
        get caPem() {
          return sandbox.caPem;
        },
        get adminToken() {
          return sandbox.adminToken;
        },
        // The restart loses all objects, which does not matter for the next requests.
        restart: async changed => {
          await sandbox.stop();
          sandbox = await start(changed);
        },
        stopApiServer: () => sandbox.stop(),
        stop: async () => {},
      };
    },
  });
});
