import { ButtonLink, Text } from '@backstage/ui';
import { RiDeleteBinLine } from '@remixicon/react';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { Notice, useText } from '../../kit';
import { useBreadcrumbs } from './ObjectHeader';
import { textAt } from './reading';

/** Shown when an object that was open does not exist any more. */
export function GoneObject(props: {
  address: ObjectAddress;
  view: ObjectView;
}) {
  const { address, view } = props;
  const t = useText();
  const places = useBreadcrumbs(address);
  const { label, href } = places[places.length - 1];
  const kind = textAt(view.object, 'kind') ?? address.plural;
  return (
    <Notice
      role="status"
      icon={RiDeleteBinLine}
      title={t('object.gone.title', { kind, name: address.name })}
      actions={
        <ButtonLink variant="secondary" href={href}>
          {t('object.gone.back', { place: label })}
        </ButtonLink>
      }
    >
      <Text color="secondary">{t('object.gone.hint')}</Text>
    </Notice>
  );
}
