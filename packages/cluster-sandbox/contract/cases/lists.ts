/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes paged lists, and watches. */
export function describeLists(target: () => ContractTarget) {
  describe('lists and watches', () => {
    /** Returns a path that only this case writes to. */
    async function emptyPath(): Promise<string> {
      const namespace = await target().namespace();
      return `/api/v1/namespaces/${namespace}/services`;
    }

    function create(path: string, name: string, labels?: object) {
      return target().must('POST', path, {
        body: { metadata: { name, labels }, spec: { ports: [{ port: 80 }] } },
      });
    }

    function label(path: string, name: string, labels: object) {
      return target().must('PATCH', `${path}/${name}`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels } },
      });
    }

    it('tell how many more there are', async () => {
      const path = await emptyPath();
      for (const name of ['a', 'b', 'c', 'd']) {
        await create(path, name);
      }
      const { items, metadata } = await target().must('GET', `${path}?limit=1`);
      expect(items.length).toBe(1);
      expect(metadata.remainingItemCount).toBe(3);
      const whole = await target().must('GET', `${path}?limit=4`);
      expect(whole.metadata.continue).toBeUndefined();
    });

    it('expire, and offer to continue with the current objects', async () => {
      const path = await emptyPath();
      for (const name of ['a', 'b', 'c']) {
        await create(path, name);
      }
      const { metadata } = await target().must('GET', `${path}?limit=1`);
      const next = `${path}?limit=5&continue=${encodeURIComponent(
        metadata.continue,
      )}`;
      await target().must('DELETE', `${path}/b`);
      const still = await target().must('GET', next);
      expect(still.items.map((item: any) => item.metadata.name)).toEqual([
        'b',
        'c',
      ]);
      await target().controls.forgetHistory();
      const { status, body } = await target().call('GET', next);
      expect([status, body.reason]).toEqual([410, 'Expired']);
      expect(body.message).toContain('continue parameter is too old');
      const rest = await target().must(
        'GET',
        `${path}?continue=${encodeURIComponent(body.metadata.continue)}`,
      );
      expect(rest.items.map((item: any) => item.metadata.name)).toEqual(['c']);
    });

    it('refuse a version together with a continuation', async () => {
      const path = await emptyPath();
      await create(path, 'a');
      await create(path, 'b');
      const { metadata } = await target().must('GET', `${path}?limit=1`);
      const { status } = await target().call(
        'GET',
        `${path}?resourceVersion=${
          metadata.resourceVersion
        }&continue=${encodeURIComponent(metadata.continue)}`,
      );
      expect(status).toBe(400);
    });

    it('begin with the existing objects where no version is given', async () => {
      const path = await emptyPath();
      await create(path, 'a');
      await create(path, 'b');
      const events = await target().watch(`${path}?watch=true`, 2);
      expect(events.sort()).toEqual(['ADDED a', 'ADDED b']);
    });

    it('tell what comes to match a selector and what ceases to', async () => {
      const path = await emptyPath();
      const { metadata } = await target().must('GET', path);
      await create(path, 'one', { color: 'red' });
      await create(path, 'two', { color: 'blue' });
      await label(path, 'two', { color: 'red' });
      await label(path, 'two', { size: 'l' });
      await label(path, 'one', { color: 'blue' });
      await target().must('DELETE', `${path}/two`);
      const from = `watch=true&timeoutSeconds=10&resourceVersion=${metadata.resourceVersion}`;
      expect(
        await target().watch(`${path}?${from}&labelSelector=color%3Dred`, 5),
      ).toEqual([
        'ADDED one',
        'ADDED two',
        'MODIFIED two',
        'DELETED one',
        'DELETED two',
      ]);
    });

    it('show what is deleted as it last was, at the version of its deletion', async () => {
      const path = await emptyPath();
      const { metadata } = await create(path, 'one', { color: 'red' });
      await target().must('DELETE', `${path}/one`);
      const [event] = await target().watchEvents(
        `${path}?watch=true&timeoutSeconds=10&resourceVersion=${metadata.resourceVersion}`,
        1,
      );
      expect(event).toMatchObject({
        type: 'DELETED',
        object: { metadata: { uid: metadata.uid, labels: { color: 'red' } } },
      });
      expect(Number(event?.object.metadata.resourceVersion)).toBeGreaterThan(
        Number(metadata.resourceVersion),
      );
    });

    it('watch one object by its name', async () => {
      const path = await emptyPath();
      await create(path, 'one');
      await create(path, 'two');
      const events = await target().watch(
        `${path}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dtwo`,
        2,
      );
      expect(events).toEqual(['ADDED two']);
    });

    it('end after the time that was asked for', async () => {
      const path = await emptyPath();
      const started = Date.now();
      await target().watch(`${path}?watch=true&timeoutSeconds=1`, 1);
      expect(Date.now() - started).toBeGreaterThan(900);
      expect(Date.now() - started).toBeLessThan(10_000);
    });

    it('say 410 as an event where the version is long gone', async () => {
      // The API server does not cache events, so it cannot serve an old version from a cache.
      const namespace = await target().namespace();
      await target().controls.forgetHistory();
      const [event] = await target().watchEvents(
        `/api/v1/namespaces/${namespace}/events?watch=true&timeoutSeconds=10&resourceVersion=1`,
        1,
      );
      expect(event).toMatchObject({
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired' },
      });
    });
  });
}
