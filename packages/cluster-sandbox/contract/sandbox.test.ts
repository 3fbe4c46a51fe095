import { describeWithKubectl } from '@berth/control-plane';
import { DEFAULT_VERSION, SandboxCluster } from '../src/SandboxCluster';
import { ContractTarget } from './ContractTarget';
import { describeContract } from './describeContract';
import { TestIssuer } from './TestIssuer';

jest.setTimeout(120_000);

describeWithKubectl('the sandbox', () => {
  let issuer: TestIssuer;
  let sandbox: SandboxCluster;
  let target: ContractTarget;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    const { url, audience, caPem } = issuer;
    const trust = { url, audience, caPem };
    sandbox = await SandboxCluster.start({ name: 'contract', issuer: trust });
    target = new ContractTarget(sandbox, issuer, {
      forgetHistory: async () => sandbox.forgetHistory(),
      setPrefixes: async prefixes =>
        sandbox.setIssuer({ ...trust, ...prefixes }),
    });
  });

  afterAll(async () => {
    await target?.stop();
    await sandbox?.stop();
    await issuer?.stop();
  });

  describeContract(() => target, DEFAULT_VERSION);
});
