import { byEveryone, Recorder } from '../Recorder';

const CHART = '/helm/charts/{repository}/{chart}';

export async function charts(recorder: Recorder) {
  const refresh = recorder.route('POST /helm/repositories/{name}/refresh');
  const shop = { params: { name: 'shop' } };
  await byEveryone(refresh)('a repository', shop);
  await refresh('an unknown repository', { params: { name: 'none' } });
  await refresh('a bad name', { params: { name: 'No' } });

  const repositories = recorder.route('GET /helm/repositories');
  await byEveryone(repositories)('all repositories');

  await managedRepositories(recorder);

  const list = recorder.route('GET /helm/charts');
  await byEveryone(list)('all charts');
  await list('a search', { query: 'search=application&repository=shop' });
  await list('a page', { query: 'limit=1' });
  await list('bad parameters', {
    query: 'limit=0&repository=No&page=2&cursor=x',
  });
  await list('a foreign cursor', { query: 'cursor=x' });

  const params = { repository: 'shop', chart: 'web' };
  const chart = recorder.route(`GET ${CHART}`);
  await byEveryone(chart)('a chart', { params });
  await chart('an unknown chart', { params: { ...params, chart: 'none' } });
  await chart('bad names', { params: { repository: 'No', chart: '..%2f' } });

  const versions = recorder.route(`GET ${CHART}/versions`);
  await byEveryone(versions)('the versions', { params });
  await versions('an unknown chart', { params: { ...params, chart: 'none' } });

  const version = { ...params, version: '1.2.3' };
  for (const file of ['readme', 'values', 'schema']) {
    const route = recorder.route(`GET ${CHART}/{version}/${file}`);
    await byEveryone(route)('a version', { params: version });
    await route('an unknown version', {
      params: { ...version, version: '9.9.9' },
    });
    await route('a bad version', { params: { ...version, version: 'latest' } });
  }
  const presets = recorder.route(`GET ${CHART}/{version}/presets`);
  await byEveryone(presets)('a version', { params: version });
  await presets('a cluster', { params: version, query: 'cluster=prod01' });
  await presets('an unknown cluster', {
    params: version,
    query: 'cluster=none',
  });
  await presets('bad parameters', {
    params: { ...version, version: 'latest' },
  });

  const readme = recorder.route(`GET ${CHART}/{version}/readme`);
  await readme('an archive that is not there', {
    params: { ...version, version: '2.0.0-rc.1' },
  });
  await readme('the archive of another chart', {
    params: { repository: 'shop', chart: 'other', version: '1.0.0' },
  });
}

/** Repositories that platform admins add. The portal calls none of them. */
async function managedRepositories(recorder: Recorder) {
  const name = { params: { name: 'team' } };
  const body = {
    name: 'team',
    url: 'https://charts.example.com/team',
    credential: { username: 'reader', password: 'planted-password' },
  };
  const create = recorder.route('POST /helm/repositories');
  await byEveryone(create)('a repository', { body });
  await create('a registry without names', {
    body: { name: 'oci', url: 'oci://registry.example.com/charts' },
  });
  await create('a name of the configuration', {
    body: { name: 'shop', url: body.url },
  });
  await create('a bad repository', {
    body: {
      name: 'No',
      url: 'http://x/',
      credential: 'planted-password',
      charts: [''],
      other: 1,
    },
  });

  const update = recorder.route('PATCH /helm/repositories/{name}');
  await byEveryone(update)('other charts', {
    ...name,
    body: { charts: ['web'] },
  });
  await update('another host', {
    ...name,
    body: { url: 'https://other.example.com/' },
  });
  await update('no credential', { ...name, body: { credential: null } });
  await update('a repository of the configuration', {
    params: { name: 'shop' },
    body: { charts: ['web'] },
  });
  await update('an unknown repository', {
    params: { name: 'none' },
    body: { charts: ['web'] },
  });
  await update('a bad change', {
    ...name,
    body: { name: 'other', caData: 'x' },
  });

  const remove = recorder.route('DELETE /helm/repositories/{name}');
  await byEveryone(remove)('a repository', name);
  await remove('a repository of the configuration', {
    params: { name: 'shop' },
  });
}
