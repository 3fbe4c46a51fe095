import { ReactNode, useEffect, useState } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import {
  HelmOperationOptions,
  HelmPreview,
  HelmRequest,
} from '@berth/plugin-berth-common';
import { ConfirmDialog, ProblemAlert, useText } from '../../../kit';
import { problemOf } from '../../../kit/format';
import styles from '../helm.module.css';
import { OperationOptions } from './OperationOptions';
import { PreviewResult } from './PreviewResult';
import { reasonAgainst } from './reasonAgainst';
import { usePreview } from './usePreview';
import { useStartOperation } from './useStartOperation';

const WIDTH = 960;

/** Shows what an operation would do, and starts it when the person agrees. */
export function OperationDialog(props: {
  title: string;
  /** Label of the button. */
  action: string;
  /** The title of a failure. */
  failed: string;
  isHarmless?: boolean;
  /** Undefined while the person has not chosen enough. */
  request?: HelmRequest;
  /** Why the operation cannot start, apart from its preview. */
  disabledReason?: string;
  /** Shown above the preview. */
  children: ReactNode;
  /** Shows more of the preview. */
  details?: (preview: HelmPreview) => ReactNode;
  /** Shown below the preview: what the person must do to confirm. */
  confirmation?: ReactNode;
  onClose: () => void;
}) {
  const { request, isHarmless, children, details, onClose } = props;
  const t = useText();
  const { checked, failure, isPending, ask } = usePreview();
  const start = useStartOperation();
  const [options, setOptions] = useState<HelmOperationOptions>({});
  const [takesOver, setTakesOver] = useState(false);
  const written = request && JSON.stringify(request);
  useEffect(() => {
    if (written !== undefined) {
      void ask(() => JSON.parse(written));
    }
  }, [ask, written]);
  const askAgain = () => ask(() => JSON.parse(written!));

  return (
    <ConfirmDialog
      title={props.title}
      action={props.action}
      failed={props.failed}
      width={WIDTH}
      isHarmless={isHarmless}
      disabledReason={
        (request && reasonAgainst(t, checked?.preview, takesOver)) ??
        props.disabledReason
      }
      onConfirm={async () => {
        try {
          await start(checked!, {
            ...options,
            ...(takesOver && { forceConflicts: true }),
          });
        } catch (error) {
          if (problemOf(error).kind === 'conflict') {
            void askAgain();
          }
          throw error;
        }
      }}
      onClose={onClose}
    >
      {children}
      {isPending && (
        <div role="status" aria-label={t('helm.preview.pending')}>
          <Skeleton width="100%" height={120} />
        </div>
      )}
      {failure !== undefined && (
        <div className={styles.stack}>
          <ProblemAlert error={failure} title={t('helm.preview.failed')} />
          <div>
            <Button variant="secondary" onPress={askAgain}>
              {t('common.retry')}
            </Button>
          </div>
        </div>
      )}
      {checked && (
        <>
          {details?.(checked.preview)}
          <PreviewResult
            preview={checked.preview}
            takesOver={takesOver}
            onTakesOverChange={setTakesOver}
          />
          {checked.preview.refusals.length === 0 && (
            <>
              <OperationOptions
                kind={checked.request.kind}
                options={options}
                onChange={setOptions}
              />
              {props.confirmation}
            </>
          )}
        </>
      )}
    </ConfirmDialog>
  );
}
