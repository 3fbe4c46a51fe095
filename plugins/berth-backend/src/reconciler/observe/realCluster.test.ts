import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { eventually } from './__testUtils__/Followed';
import { testFollowing } from '../../../__testUtils__/testFollowing';

const CASE_MS = 120_000;

describeWithControlPlane('following a real control plane', () => {
  let controlPlane: ControlPlane;
  const start = async () => {
    controlPlane = await ControlPlane.start();
    return controlPlane;
  };

  testFollowing(start, parts => {
    it(
      'S40 survives a restart of the API server',
      async () => {
        const { followed } = parts();
        const name = await followed.share();
        await followed.settle();
        await followed.removeBinding(name);
        await controlPlane.stopApiServer();
        await new Promise(resolve => {
          setTimeout(resolve, 3_000);
        });
        await controlPlane.startApiServer();
        await followed.repaired(name);
        expect((await followed.rest()).length).toBeLessThan(3);
      },
      CASE_MS,
    );

    it(
      'S40 S21 creates everything again after the cluster lost its data',
      async () => {
        const { followed } = parts();
        const name = await followed.share();
        await followed.settle();
        const { uid } = (await followed.namespace(name))!.metadata;
        await controlPlane.loseData();
        await followed.repaired(name);
        expect((await followed.namespace(name))?.metadata.uid).not.toBe(uid);
        const inventory = await followed.inventory.list();
        await followed.rest();
        for (const entry of inventory) {
          expect(entry.uid).toBeDefined();
        }
        expect(await followed.rest()).toEqual([]);
      },
      CASE_MS,
    );

    it(
      'S25 writes nothing to another cluster behind the same address, until an admin confirms it',
      async () => {
        const { followed } = parts();
        await followed.pin();
        const name = await followed.share();
        await followed.settle();
        await controlPlane.loseData();
        await eventually(async () => {
          expect(followed.logger.warn).toHaveBeenCalledWith(
            expect.stringContaining('is another cluster'),
          );
        });
        followed.worker.changed();
        expect(await followed.rest()).toEqual([]);
        expect(await followed.namespace(name)).toBeUndefined();

        await followed.pin();
        await followed.repaired(name);
      },
      CASE_MS,
    );
  });
});
