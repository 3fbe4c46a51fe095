import { ConflictError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  HelmOperationRequest,
  HelmRequest,
  sentencesForLogs,
} from '@berth/plugin-berth-common';
import { Response } from 'express';
import { Caller } from '../../access/Callers';
import { assertRoom, conflictOf } from '../operations/conflicts';
import { OperationAccess } from '../operations/OperationAccess';
import { isStarter } from '../operations/OperationViews';
import { OperationRecord, OperationStore } from '../operations/types';
import { digestOf } from '../previews/digest';
import { TokenIds } from '../tokenIds';
import { PersonPreviews } from './PersonPreviews';
import { baseOf, copyMeta, digestMeta } from './requestMeta';

export interface OperationStarterOptions {
  operationAccess: Pick<OperationAccess, 'record'>;
  previews: PersonPreviews;
  /** The key of names of requests. */
  requestKey: Buffer;
  store: OperationStore;
}

/** Adds operations that people have decided on by their previews. */
export class OperationStarter {
  readonly #options: OperationStarterOptions;

  constructor(options: OperationStarterOptions) {
    this.#options = options;
  }

  /**
   * Returns the operation of an earlier call with the same id.
   *
   * @throws ConflictError if that call asked for something else, or was of another person
   */
  async repeated(
    caller: Caller,
    id: string,
    asked: HelmOperationRequest,
  ): Promise<OperationRecord | undefined> {
    const { requestKey, store } = this.#options;
    const known = await store.get(id);
    if (
      known &&
      !(
        isStarter(caller, known) &&
        known.requestHash === digestOf(requestKey, asked)
      )
    ) {
      throw new ConflictError(`${id} is the id of another operation`);
    }
    return known;
  }

  /**
   * Previews again, and adds the operation if nothing has changed since the preview that the caller saw.
   *
   * @throws ConflictError if something has changed, the preview refuses, or another operation holds the release;
   *   OperationLimitError; the errors of `PersonPreviews`
   */
  async start(
    response: Response,
    { caller, tokens }: { caller: Caller; tokens: TokenIds },
    id: string,
    asked: HelmOperationRequest,
  ): Promise<{ result: OperationRecord; meta?: JsonObject }> {
    const { operationAccess, previews, requestKey, store } = this.#options;
    const entry = await previews.enter({ caller, tokens }, asked);
    const person = await operationAccess.record(caller);
    const clusterId = entry.cluster.id;
    const running = await store.holderOf({ ...asked, clusterId });
    if (running) {
      throw conflictOf(running);
    }
    // The operations are counted again when this one is added. This check spares the preview.
    assertRoom(await store.live(), person.person);
    const { previewDigest, ...previewed } = asked;
    const prepared = await previews.prepare(
      response,
      { caller, entry, tokens },
      previewed as HelmRequest,
    );
    const { base, preview, chart, run } = prepared;
    if (preview.digest !== previewDigest) {
      throw new ConflictError(
        `${asked.release}, or what you ask for, changed since you looked at the preview. Look at the preview again`,
      );
    }
    if (preview.refusals.length > 0) {
      // The activity log keeps the message.
      throw new ConflictError(sentencesForLogs(preview).refusals.join('; '));
    }
    const { kind, cluster, namespace, release } = asked;
    const baseRevision = baseOf(asked);
    const added = await store.add(
      {
        ...{ id, kind, clusterId, cluster, namespace, release, baseRevision },
        ...(asked.kind === 'rollback' && { targetRevision: asked.revision }),
        ...(chart && { chart }),
        options: asked.options ?? {},
        digest: preview.digest,
        requestHash: digestOf(requestKey, asked),
        ...person,
      },
      {
        ...run,
        ...(base !== undefined && { base }),
        ...digestMeta(prepared),
      },
    );
    if (!added) {
      const same = await this.repeated(caller, id, asked);
      if (same) {
        return { result: same };
      }
      throw conflictOf(await store.holderOf({ ...asked, clusterId }));
    }
    return {
      result: (await store.get(id))!,
      meta: { ...digestMeta(prepared), ...copyMeta(asked, prepared) },
    };
  }
}
