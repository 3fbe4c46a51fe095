/** Functions that another process can call; arguments and results are sent as JSON. */
export type Service = Record<string, (argument: any) => unknown>;

/** Answers the calls of the process that started this one, and ends with it. */
export function serve(service: Service): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ id, method, argument }: any) => {
    try {
      process.send!({ id, result: await service[method](argument) });
    } catch (error) {
      process.send!({ id, error: `${method}: ${error}` });
    }
  });
}
