import { Laptop } from '../../../kubectl/__testUtils__/Laptop';
import { CallerName, EVERYONE } from '../people';
import { byEveryone, Recorder, Route } from '../Recorder';
import { Setting } from '../setting';

const NOBODY = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

export async function kubectl(recorder: Recorder, { portal }: Setting) {
  const issuer = `${portal.url}/api/oidc`;
  const connect = recorder.route('POST /kubectl/devices');

  /** Connects a computer of a person. */
  async function connected(as: CallerName) {
    const laptop = await Laptop.create(issuer);
    const { body } = await connect('a computer', {
      as,
      body: laptop.computer(),
    });
    laptop.id = body.id ?? '';
    return { laptop, code: body.code as string };
  }

  const laptops = new Map<CallerName, Awaited<ReturnType<typeof connected>>>();
  for (const caller of [...EVERYONE, 'neighbor', 'ghost'] as CallerName[]) {
    laptops.set(caller, await connected(caller));
  }
  const { laptop, code } = laptops.get('member')!;
  await connect('a key that was used', {
    as: 'member',
    body: laptop.computer(),
  });
  const { publicKey, ...computer } = laptop.computer();
  for (const body of [
    {},
    { ...computer, publicKey: { ...publicKey, d: 'x' } },
    { ...computer, publicKey: { ...publicKey, crv: 'P-384' } },
    { ...computer, publicKey: { ...publicKey, y: publicKey.x } },
    { ...computer, publicKey, name: 'lap\u202etop', system: '', more: 1 },
  ]) {
    await connect('a wrong body', { as: 'member', body });
  }

  const activate = signed(recorder, 'activate');
  await activate('before the code', laptop, { code: 'c'.repeat(43) });
  await activate('the code', laptop, { code });
  await activate('the code again', laptop, { code });
  const neighbor = laptops.get('neighbor')!;
  await activate('the code', neighbor.laptop, { code: neighbor.code });
  const clusterId = await idOf('prod');

  const credential = signed(recorder, 'credential');
  await credential('a cluster', laptop, { cluster: 'prod', clusterId });
  await credential('a cluster that is not shared', laptop, {
    cluster: 'spare',
    clusterId: await idOf('spare'),
  });
  await credential('another cluster of the name', laptop, {
    cluster: 'prod',
    clusterId: NOBODY,
  });
  await credential(
    'a device that is not active',
    laptops.get('admin')!.laptop,
    {
      cluster: 'prod',
      clusterId,
    },
  );
  await credential('no cluster', laptop, {});
  const unknown = await Laptop.create(issuer);
  unknown.id = NOBODY;
  await credential('an unknown device', unknown, {
    cluster: 'prod',
    clusterId,
  });

  const clusters = signed(recorder, 'clusters');
  await clusters('all clusters', laptop, {});
  await clusters('all clusters', neighbor.laptop, {});

  const route = recorder.route('POST /kubectl/session/clusters');
  for (const assertion of [undefined, 1, '', 'x', 'x'.repeat(5_000)]) {
    await route('a wrong assertion', {
      as: ['none', 'member'],
      body: { assertion },
    });
  }

  await kubeconfig(recorder);
  await lists(recorder);
  const end = signed(recorder, 'end');
  await end('the device', neighbor.laptop, {});
  await end('the device again', neighbor.laptop, {});

  const one = recorder.route('DELETE /kubectl/devices/{id}');
  await byEveryone(one)('the device of the member', {
    params: { id: laptop.id },
  });
  await one('an unknown device', { params: { id: NOBODY } });
  await one('what is no id', { params: { id: 'a b' } });
  const all = recorder.route('DELETE /kubectl/devices');
  await byEveryone(all)('the own devices');
  await byEveryone(all)('those of a person', {
    query: 'user=user:default/member',
  });
  await all('what is no person', { query: 'user=group:default/team-a&x=1' });
  await byEveryone(all)('all', { query: 'user=*' });
  await program(recorder);

  async function idOf(name: string): Promise<string> {
    return (await portal.admin('GET', `/clusters/${name}`)).id;
  }
}

/** Calls a session route with what a computer signs. */
function signed(recorder: Recorder, action: string) {
  const route = recorder.route(`POST /kubectl/session/${action}`);
  return async (what: string, laptop: Laptop, claims: Record<string, string>) =>
    route(what, {
      as: 'none',
      body: { assertion: await laptop.sign(action, claims) },
    });
}

async function kubeconfig(recorder: Recorder) {
  const route = recorder.route('GET /kubeconfig');
  await byEveryone(route)('all clusters');
  for (const query of [
    'cluster=prod&namespace=shop',
    'cluster=prod&execVersion=v1beta1',
    'cluster=spare',
    'cluster=nowhere',
    'namespace=shop',
    'cluster=&namespace=A_B&execVersion=v2&unknown=1',
  ]) {
    await route(`the query ${query}`, { as: 'member', query });
  }
}

async function lists(recorder: Recorder) {
  const list: Route = recorder.route('GET /kubectl/devices');
  await byEveryone(list)('the own devices');
  await byEveryone(list)('those of a person', {
    query: 'user=user:default/member',
  });
  await byEveryone(list)('all', { query: 'user=*' });
  await list('a page', { query: 'user=*&limit=1' });
  await list('a wrong query', { query: 'user=&x=1&limit=0&cursor=1' });
}

async function program(recorder: Recorder) {
  const portal = recorder.route('GET /kubectl/cli/portal.json');
  await portal('the portal', { as: ['none', 'member'] });
  for (const file of [
    'kubectl-berth.mjs',
    'install.sh',
    'install.ps1',
    'SHA256SUMS',
  ]) {
    await recorder.route(`GET /kubectl/cli/${file}`)('the file', {
      as: ['none', 'member'],
      pick: () => 'the file',
    });
  }
}
