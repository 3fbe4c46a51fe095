import { homedir } from 'node:os';
import { portalAddress } from '../http/portalAddress';
import { folderName, ownFolders } from './folders';

it('gives each portal a folder of its own', () => {
  const names = [
    'https://portal.example.com',
    'https://portal.example.com/a',
    'https://portal.example.com/A',
    'https://portal.example.com_2f_a',
    'https://portal.example.com:8443',
    'http://127.0.0.1:7007',
  ].map(folderName);
  expect(names[0]).toBe('portal.example.com');
  expect(new Set(names.map(name => name.toLowerCase())).size).toBe(6);
  expect(names.join('')).toMatch(/^[a-z0-9._-]+$/);
});

it('uses the folders of the system', () => {
  const home = homedir();
  expect(ownFolders({}, 'linux')).toEqual({
    state: `${home}/.local/state/kubectl-berth`,
    cache: `${home}/.cache/kubectl-berth`,
    config: `${home}/.config/kubectl-berth`,
  });
  expect(ownFolders({}, 'darwin')).toEqual({
    state: `${home}/Library/Application Support/kubectl-berth`,
    cache: `${home}/Library/Caches/kubectl-berth`,
    config: `${home}/Library/Application Support/kubectl-berth`,
  });
  expect(ownFolders({ XDG_CACHE_HOME: '/cache' }, 'linux').cache).toBe(
    '/cache/kubectl-berth',
  );
  expect(ownFolders({ XDG_CACHE_HOME: 'relative' }, 'linux').cache).toBe(
    `${home}/.cache/kubectl-berth`,
  );
  expect(ownFolders({ LOCALAPPDATA: '/data' }, 'win32')).toEqual({
    state: '/data/State/kubectl-berth',
    cache: '/data/Cache/kubectl-berth',
    config: '/data/Config/kubectl-berth',
  });
});

it('takes the address of a portal as people write it', () => {
  expect(portalAddress('portal.example.com')).toBe(
    'https://portal.example.com',
  );
  expect(portalAddress('HTTPS://Portal.Example.com:443/dev/')).toBe(
    'https://portal.example.com/dev',
  );
  expect(portalAddress('http://localhost:7007')).toBe('http://localhost:7007');
  for (const address of [
    'http://portal.example.com',
    'https://a:b@portal.example.com',
    'https://portal.example.com/?a=b',
    'file:///etc/passwd',
    '',
  ]) {
    expect(() => portalAddress(address)).toThrow(/address/);
  }
});
