import { DeviceSessions, DeviceSessionsOptions } from './DeviceSessions';
import { DeviceRecord } from './types';

const ALICE = 'user:default/alice';

describe('DeviceSessions', () => {
  it('S51 S60 returns a person by the sign-in of one computer, whatever the other ones are', async () => {
    const devices = ['desktop', 'laptop'].map(
      id =>
        ({
          id,
          userRef: ALICE,
          userUid: 'uid',
          policy: '{}',
          state: 'Active',
          endsAt: '2999-01-01T00:00:00Z',
        } as DeviceRecord),
    );
    const [desktop, laptop] = devices;
    const sessions = new DeviceSessions({
      auth: { getOwnServiceCredentials: async () => ({}) },
      authorizer: { recordedCredentials: () => ({}) },
      devices: {
        get: async (id: string) => devices.find(one => one.id === id),
      },
      people: { read: async () => ({ userRef: ALICE, uid: 'uid' }) },
    } as unknown as DeviceSessionsOptions);
    const { person } = await sessions.callerOfUser(ALICE, 'desktop');
    expect(person.userRef).toBe(ALICE);

    await expect(
      sessions.callerOfUser('user:default/bob', 'desktop'),
    ).rejects.toThrow('ended');
    laptop.state = 'Ended';
    await sessions.callerOfUser(ALICE, 'desktop');
    laptop.state = 'Active';
    desktop.state = 'Ended';
    await expect(sessions.callerOfUser(ALICE, 'desktop')).rejects.toThrow(
      'The sign-in of this computer with kubectl ended',
    );
  });
});
