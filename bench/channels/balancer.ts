import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several processes and hands each post to the next of them in turn. */
export type Balancer = {
  readonly url: string;
  /** Posts handed to each. */
  shares(): readonly number[];
  stop(): Promise<void>;
};

export const startBalancer = async (targets: readonly string[]): Promise<Balancer> => {
  const agent = new Agent({ keepAlive: true });
  const shares = targets.map(() => 0);
  let turn = 0;
  const server = createServer((asked, answered) => {
    const at = turn % targets.length;
    turn += 1;
    shares[at] = (shares[at] ?? 0) + 1;
    const { method, headers, url } = asked;
    const onward = request(`${targets[at]}${url}`, { method, headers, agent }, (response) => {
      answered.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answered);
    });
    onward.on('error', () => answered.headersSent || answered.writeHead(502).end());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shares: () => shares,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
