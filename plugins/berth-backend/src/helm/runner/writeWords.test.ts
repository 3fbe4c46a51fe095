import { readProxyRequest } from '../../proxy/requestRules';
import { describeWrite } from './writeWords';

const APPS = '/apis/apps/v1/namespaces/shop/deployments';

it.each([
  [
    'POST',
    '/api/v1/namespaces/shop/secrets',
    201,
    'Created Secret new in shop',
  ],
  ['PATCH', `${APPS}/web`, 201, 'Created Deployment web in shop'],
  ['PATCH', `${APPS}/web`, 200, 'Changed Deployment web in shop'],
  ['PUT', `${APPS}/web/scale`, 200, 'Changed Deployment web (scale) in shop'],
  ['DELETE', `${APPS}/web`, 200, 'Deleted Deployment web in shop'],
  ['PATCH', '/apis/example.com/v1/boats/a', 200, 'Changed boats.example.com a'],
  [
    'DELETE',
    `${APPS}/web`,
    403,
    'The cluster answered 403 to delete Deployment web in shop',
  ],
  [
    'POST',
    '/api/v1/namespaces/shop/secrets',
    502,
    'No answer to create Secret new in shop, which may have succeeded',
  ],
])('describes %s %s with the answer %s', (method, url, status, words) => {
  const { path, verb } = readProxyRequest({ method, url }, []);
  if (path.kind === 'document') {
    throw new Error('A write is about an object');
  }
  const name = method === 'POST' ? 'new' : undefined;
  expect(describeWrite({ path, verb }, { name, status })).toBe(words);
});
