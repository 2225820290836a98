import { Agent, request } from 'node:http';

/** A POST of JSON. */
export type Post = {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Poster = {
  /** Resolves to the status of the answer; 0: there was none. */
  post(url: string, post: Post): Promise<number>;
  close(): void;
};

/** Posts over connections that stay open, as platforms do. */
export const createPoster = (connections: number): Poster => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (url, { path, body, headers }) =>
      new Promise((resolve) => {
        const given = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...headers,
        };
        const sent = request(`${url}${path}`, { method: 'POST', agent, headers: given }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', () => resolve(0));
        });
        sent.on('error', () => resolve(0));
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
};
