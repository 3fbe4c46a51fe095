import { TerminalAccess, TerminalAccessOptions } from './TerminalAccess';

it.each([['pods'], ['pods/exec']])(
  'S29 opens no terminal where the configuration takes %s away',
  async entry => {
    const get = jest.fn();
    const access = new TerminalAccess({
      deny: [entry],
      namespaceAccess: { get },
    } as unknown as TerminalAccessOptions);
    await expect(
      access.enter({} as never, {
        cluster: 'prod',
        namespace: 'shop',
        pod: 'web',
      }),
    ).rejects.toThrow(
      `The portal does not pass on requests for ${entry}, by berth.proxy.deny`,
    );
    expect(get).not.toHaveBeenCalled();
  },
);
