import { Alert } from '@backstage/ui';
import { problemOf } from './format';
import { useText } from './useText';

/** A failed action, next to the content that it should have changed. */
export function ProblemAlert(props: { error: unknown; title?: string }) {
  const t = useText();
  const { kind, message } = problemOf(props.error);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title ?? t(`problem.${kind}.title`)}
      description={
        <>
          <div>{message}</div>
          <div>{t(`problem.${kind}.next`)}</div>
        </>
      }
    />
  );
}
