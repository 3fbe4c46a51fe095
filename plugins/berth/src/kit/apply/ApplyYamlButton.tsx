import { Suspense, lazy } from 'react';
import { Button } from '@backstage/ui';
import { RiFileCodeLine } from '@remixicon/react';
import { useOpenInAddress } from '../hooks';
import { useText } from '../useText';

// Few people apply YAML when they look at a list.
const ApplyYaml = lazy(() =>
  import('./ApplyYaml').then(module => ({ default: module.ApplyYaml })),
);

/** A button that opens the dialog "Apply YAML". Whether the dialog is open is in the address. */
export function ApplyYamlButton(props: {
  /** Chosen at first. */
  cluster?: string;
  namespace?: string;
  /** Called when objects have changed. */
  onApplied?: () => void;
}) {
  const t = useText();
  const [isOpen, setOpen] = useOpenInAddress('apply');
  return (
    <>
      <Button
        variant="secondary"
        iconStart={<RiFileCodeLine />}
        onPress={() => setOpen(true)}
      >
        {t('apply.button')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ApplyYaml {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
