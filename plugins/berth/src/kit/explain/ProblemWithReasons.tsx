import { problemOf } from '../format';
import { ProblemNotice } from '..';
import { WhyCannotI } from './WhyCannotI';

/** A failed API call in place of its content; where access is missing, with the chain that explains it. */
export function ProblemWithReasons(props: {
  error: unknown;
  onRetry?: () => void;
  retrying?: boolean;
  cluster: string;
  namespace?: string;
}) {
  const { error, onRetry, retrying, cluster, namespace } = props;
  const { kind } = problemOf(error);
  return (
    <>
      <ProblemNotice error={error} onRetry={onRetry} retrying={retrying} />
      {(kind === 'forbidden' || kind === 'notFound') && (
        <WhyCannotI cluster={cluster} namespace={namespace} />
      )}
    </>
  );
}
