import { badBodies } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';

export async function issuer(recorder: Recorder) {
  await documents(recorder);
  const read = recorder.route('GET /issuer/keys');
  await byEveryone(read)('the keys');

  const rotate = recorder.route('POST /issuer/keys/rotate');
  await byEveryone(rotate)('a rotation');
  await rotate('a rotation with a body', { body: { kid: 'x' } });

  const revoke = recorder.route('POST /issuer/keys/revoke');
  await revoke('an unknown key', { body: { kids: ['unknown'] } });
  await revoke('no key', { body: { kids: [] } });
  await revoke('the wrong type', { body: { kids: [5] } });
  await badBodies(revoke, { body: { kids: ['unknown'] } });
  const { body } = await read('the keys before a revocation');
  const kids = [body.items[body.items.length - 1].kid];
  await byEveryone(revoke)('a key', { body: { kids } });
  await revoke('once more', { body: { kids } });
}

async function documents(recorder: Recorder) {
  for (const path of [
    '/api/oidc/.well-known/openid-configuration',
    '/api/oidc/jwks.json',
  ]) {
    const route = recorder.route(`GET ${path}`);
    const { headers } = await byEveryone(route)('the document');
    await route('the tag of now', {
      as: 'none',
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    await route('a query', { as: 'none', query: 'x=1' });
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      await recorder.route(`${method} ${path}`)('the document', { as: 'none' });
    }
  }
  for (const path of [
    '/api/oidc',
    '/api/oidc/',
    '/api/oidc/jwks.json/',
    '/api/oidc/JWKS.json',
    '/api/oidc/other',
  ]) {
    await recorder.route(`GET ${path}`)('another path', { as: 'none' });
  }
}
