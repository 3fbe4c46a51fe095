import { ReactNode, useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
} from '@backstage/ui';
import { get } from 'react-hook-form';
import { ClusterField, ClusterForm, EMPTY_VALUES } from '../clusterForm';

/** Fields that most clusters do not need: closed, unless one of them has a value or an error. */
export function FieldGroup(props: {
  form: ClusterForm;
  fields: ClusterField[];
  title: string;
  hint: string;
  children: ReactNode;
}) {
  const { form, fields, title, hint, children } = props;
  const [open, setOpen] = useState(() =>
    fields.some(field => get(form.values, field) !== get(EMPTY_VALUES, field)),
  );
  const refused = fields.some(field => form.errorOf(field));
  return (
    <Accordion isExpanded={open || refused} onExpandedChange={setOpen}>
      <AccordionTrigger title={title} subtitle={hint} />
      <AccordionPanel>
        <Flex direction="column" gap="4" p="2">
          {children}
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
