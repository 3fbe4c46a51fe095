import { RollbackCommand } from '../runner/types';
import { changesPreview, methodOf } from './changesPreview';
import { Plan, ReleaseSubject, RequestOf } from './PreviewDraft';
import { PreviewsOptions } from './types';

/**
 * Prepares a rollback by comparing what Helm stored. Nothing is rendered.
 *
 * @throws NotFoundError if there is no such revision
 */
export async function rollbackPreview(
  { historyMax }: Pick<PreviewsOptions, 'historyMax'>,
  subject: ReleaseSubject<RequestOf<'rollback'>>,
): Promise<Plan<RollbackCommand>> {
  const { base, caller, request } = subject;
  const { namespace, release, revision, options = {} } = request;
  const { noHooks, forceConflicts } = options;
  const target = await caller.reader.open(revision);
  const {
    changing: _,
    rendered,
    written,
    ...draft
  } = await changesPreview(subject, {
    before: base.release,
    after: target.release,
    exists: base.stored.status !== 'uninstalled',
    method: methodOf(target.release),
    historyMax,
  });
  const { name, version } = target.release.summary.chart ?? {};
  return {
    draft,
    ...{ rendered, written },
    command: {
      ...{ kind: 'rollback', namespace, release, revision, historyMax },
      ...(noHooks && { noHooks }),
      ...(forceConflicts && { forceConflicts }),
    },
    decided: [revision, historyMax],
    ...(name !== undefined &&
      version !== undefined && { chart: { name, version } }),
  };
}
