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

/** As a cluster of today is: with SelfSubjectReview and ValidatingAdmissionPolicy. */
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
        // It forgets everything, but for what is asked of it afterwards that does not matter.
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
