import { describeWithKubectl } from '@berth/control-plane';
import { SandboxCluster } from '../SandboxCluster';
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
    sandbox = await SandboxCluster.start({ name: 'contract', issuer });
    target = new ContractTarget(sandbox, issuer);
  });

  afterAll(async () => {
    await target?.stop();
    await sandbox?.stop();
    await issuer?.stop();
  });

  describeContract(() => target);
});
