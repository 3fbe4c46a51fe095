import { Button, ButtonProps, Tooltip, TooltipTrigger } from '@backstage/ui';
import styles from './common.module.css';

/**
 * A button that, when it cannot be used, says why. It stays focusable then, so that the reason can be
 * reached by keyboard and screen reader too.
 */
export function ActionButton({
  disabledReason,
  ...props
}: Omit<ButtonProps, 'isDisabled'> & { disabledReason?: string }) {
  if (!disabledReason) {
    return <Button {...props} />;
  }
  return (
    <TooltipTrigger delay={100}>
      <Button
        {...props}
        onPress={undefined}
        type="button"
        aria-disabled="true"
        className={styles.disabledAction}
      />
      <Tooltip>{disabledReason}</Tooltip>
    </TooltipTrigger>
  );
}
