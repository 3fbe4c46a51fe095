import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  TextField,
} from '@backstage/ui';
import { useText } from '../../common';
import { ClusterForm } from '../useClusterForm';
import { propsOf } from './propsOf';

/** What only clusters with unusual authentication flags need. */
export function AdvancedFields({ form }: { form: ClusterForm }) {
  const t = useText();
  const filled = form.values.usernamePrefix || form.values.groupsPrefix;
  return (
    <Accordion defaultExpanded={Boolean(filled)}>
      <AccordionTrigger
        title={t('form.advanced')}
        subtitle={t('form.advancedHint')}
      />
      <AccordionPanel>
        <Flex direction="column" gap="4" p="2">
          <TextField
            {...propsOf(form, 'usernamePrefix')}
            label={t('form.usernamePrefix')}
            description={t('form.usernamePrefixHint')}
            autoComplete="off"
          />
          <TextField
            {...propsOf(form, 'groupsPrefix')}
            label={t('form.groupsPrefix')}
            description={t('form.groupsPrefixHint')}
            autoComplete="off"
          />
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
