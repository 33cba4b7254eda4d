import { KubeClient, RequestOptions } from '../../handlers/delivery/kube-client';
import { KubeError } from '../../handlers/delivery/kube-error';

export interface Asked extends RequestOptions {
  readonly method: string;
  readonly path: string;
}

/** A client of an API server whose answers are given by method and path; an error is thrown, and what has no answer is not found. */
export function scriptedKubeClient(answer: (asked: Asked) => unknown) {
  const client = new KubeClient({ endpoint: 'https://127.0.0.1:1', ca: '', token: async () => 't', fieldManager: 'the-client', deadline: 0, patience: 0 });
  const asked: Asked[] = [];
  jest.spyOn(client, 'request').mockImplementation(async (method, path, options = {}) => {
    const request = { method, path, ...options };
    asked.push(request);
    const given = answer(request) ?? KubeError.ofResponse(404, '404 page not found', undefined);
    if (given instanceof Error) {
      throw given;
    }
    return given;
  });
  return { client, asked, paths: () => asked.map(({ path }) => path) };
}
