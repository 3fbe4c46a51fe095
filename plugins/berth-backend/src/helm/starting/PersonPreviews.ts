import { NotImplementedError } from '@backstage/errors';
import {
  berthChartReadPermission,
  HelmOperationRequest,
  HelmRequest,
  HelmWriting,
} from '@berth/plugin-berth-common';
import { Response } from 'express';
import { Caller } from '../../access/Callers';
import { routeErrorOf } from '../../access/clusterCallErrors';
import { Entry } from '../../access/ClusterEntries';
import { Authorizer } from '../../access/permissions/Authorizer';
import { inTime } from '../../resources/objects/openCalls';
import { OperationAccess } from '../operations/OperationAccess';
import { openRelease } from '../operations/ReleaseAsPerson';
import { PreparedPreview, PreparesPreviews } from '../previews/types';
import { Promotion } from '../promotion/Promotion';
import { OpenedRevision } from '../releases/ReleaseReader';
import { TokenIds } from '../tokenIds';
import { HelmParts } from '../types';

const DEADLINE_MS = 120_000;

export interface PersonPreviewsOptions extends HelmParts {
  authorizer: Pick<Authorizer, 'require'>;
  operationAccess: OperationAccess;
  promotion: Pick<Promotion, 'check'>;
  /** Undefined without helm. */
  previews?: PreparesPreviews;
  writing: HelmWriting;
}

/** A person before the cluster of a request. */
interface Entered {
  caller: Caller;
  entry: Entry;
  /** Names the tokens that the preview creates. */
  tokens: TokenIds;
}

/** Previews with the rights of the people who ask, and with what the promotion rules say. */
export class PersonPreviews {
  readonly #options: PersonPreviewsOptions;

  constructor(options: PersonPreviewsOptions) {
    this.#options = options;
  }

  /**
   * Enters the cluster of a request. A chart of a repository takes the permission to see charts, too.
   *
   * @throws the errors of `OperationAccess.enter`; NotAllowedError
   */
  async enter(
    { caller, tokens }: Omit<Entered, 'entry'>,
    asked: HelmRequest | HelmOperationRequest,
  ): Promise<Entry> {
    const { authorizer, operationAccess } = this.#options;
    if ('chart' in asked && asked.chart) {
      await authorizer.require(caller.credentials, berthChartReadPermission);
    }
    return tokens.add(await operationAccess.enter(caller, asked));
  }

  /**
   * Previews what a person asks for. Ends when the caller is gone.
   *
   * @throws NotImplementedError without helm; the errors of routes
   */
  async prepare(
    response: Response,
    { caller, entry, tokens }: Entered,
    asked: HelmRequest,
  ): Promise<PreparedPreview> {
    const { operationAccess, previews, streams, writing } = this.#options;
    if (!previews) {
      throw new NotImplementedError(writing.reason);
    }
    const { userRef } = caller.person;
    const release = streams.addPerson(userRef);
    const left = new AbortController();
    const leave = () => left.abort(new Error('The caller is gone'));
    response.once('close', leave);
    const signal = AbortSignal.any([
      left.signal,
      AbortSignal.timeout(DEADLINE_MS),
    ]);
    try {
      const original = await this.#openOriginal(
        { caller, tokens },
        asked,
        signal,
      );
      const prepared = await previews.preview(
        {
          ...openRelease(this.#options, {
            ...{ userRef, entry, address: asked, signal },
          }),
          cluster: entry.cluster,
          person: userRef,
          token: async () =>
            tokens.add(await operationAccess.enter(caller, asked)),
          ...(original && { original }),
        },
        asked,
        signal,
      );
      return await this.#promoted({ caller, entry, tokens }, prepared, signal);
    } catch (error) {
      throw routeErrorOf(inTime(error, asked.cluster), asked.cluster);
    } finally {
      response.off('close', leave);
      release();
    }
  }

  /** Opens the release of which a request makes a copy, as the caller. */
  async #openOriginal(
    { caller, tokens }: Omit<Entered, 'entry'>,
    asked: HelmRequest,
    signal: AbortSignal,
  ): Promise<OpenedRevision | undefined> {
    if (!('copyOf' in asked) || !asked.copyOf) {
      return undefined;
    }
    const { hiddenValues, revision, ...address } = asked.copyOf;
    const { userRef } = caller.person;
    const entry = tokens.add(
      await this.#options.operationAccess.enter(
        caller,
        address,
        hiddenValues ? 'helmReveal' : 'helmRead',
      ),
    );
    try {
      const { reader } = openRelease(this.#options, {
        ...{ userRef, entry, address, signal },
      });
      return await reader.open(revision);
    } catch (error) {
      throw routeErrorOf(inTime(error, address.cluster), address.cluster);
    }
  }

  /** Adds what the promotion rules say. A release keeps the chart that it has, whatever they say. */
  async #promoted(
    { caller, entry }: Entered,
    prepared: PreparedPreview,
    signal: AbortSignal,
  ): Promise<PreparedPreview> {
    const { chart, keepsChart, preview } = prepared;
    if (
      keepsChart ||
      chart?.repository === undefined ||
      preview.chartDigest === undefined
    ) {
      return prepared;
    }
    const { refusals, sources } = await this.#options.promotion.check(
      caller,
      entry.cluster,
      {
        ...{ repository: chart.repository, name: chart.name },
        ...{ version: chart.version, digest: preview.chartDigest },
      },
      signal,
    );
    return {
      ...prepared,
      preview: {
        ...preview,
        ...(sources.length > 0 && { promotedFrom: sources }),
        refusals: [...refusals, ...preview.refusals],
        ...(preview.forLogs && {
          forLogs: {
            ...preview.forLogs,
            refusals: [...refusals, ...preview.forLogs.refusals],
          },
        }),
      },
    };
  }
}
