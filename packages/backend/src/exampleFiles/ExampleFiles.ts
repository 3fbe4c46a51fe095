import { Router } from 'express';

/** The files of example components, in memory. */
export class ExampleFiles {
  readonly #files = new Map<string, Buffer>();

  add(folder: string, files: { path: string; content: Buffer }[]): void {
    for (const { path, content } of files) {
      this.#files.set(`${folder}/${path}`, content);
    }
  }

  router(): Router {
    const router = Router();
    router.get('/*', ({ path }, response) => {
      const file = this.#files.get(decodeURIComponent(path.slice(1)));
      if (file) {
        response.type('text/plain').send(file);
      } else {
        response.status(404).end();
      }
    });
    return router;
  }
}
