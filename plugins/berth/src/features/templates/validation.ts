import { ApiHolder } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { isDnsLabel, isSystemNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { berthTranslationRef } from '../../translation';
import { Translate } from '../../kit';

type Unknown = 'unknownCluster' | 'unknownGroup' | 'unknownSizeClass';

export const validateCluster = oneOf('unknownCluster', async apis => {
  const list = await apis.get(berthApiRef)?.listClusters();
  return list?.items.map(({ name }) => name);
});

export const validateGroup = oneOf('unknownGroup', async apis => {
  const access = await apis.get(berthApiRef)?.getAccess();
  return access?.groups;
});

export const validateSizeClass = oneOf('unknownSizeClass', async apis => {
  const list = await apis.get(berthApiRef)?.listSizeClasses();
  return list?.items.map(({ name }) => name);
});

/**
 * Refuses a name that cannot be chosen: templates and addresses may bring any. The schema determines whether a
 * name is required. The API checks names that cannot be looked up now.
 */
function oneOf(
  problem: Unknown,
  namesFor: (apis: ApiHolder) => Promise<string[] | undefined>,
): CustomFieldValidator<string> {
  return async (value, field, { apiHolder }) => {
    if (!value) {
      return;
    }
    let names;
    try {
      names = await namesFor(apiHolder);
    } catch {
      return;
    }
    if (names && !names.includes(value)) {
      field.addError(textOf(apiHolder, `picker.${problem}`, { value }));
    }
  };
}

/** Refuses a name that no namespace can have. The schema determines whether a name is required. */
export const validateNamespaceName: CustomFieldValidator<string> = (
  value,
  field,
  { apiHolder },
) => {
  if (!value) {
    return;
  }
  if (!isDnsLabel(value)) {
    field.addError(
      textOf(apiHolder, 'newNamespace.nameInvalid', { name: value }),
    );
  } else if (isSystemNamespace(value)) {
    field.addError(
      textOf(apiHolder, 'newNamespace.nameReserved', { name: value }),
    );
  }
};

function textOf(
  apis: ApiHolder,
  key: Parameters<Translate>[0],
  values: Record<string, string>,
): string {
  const texts = apis
    .get(translationApiRef)
    ?.getTranslation(berthTranslationRef);
  const t = texts?.ready ? (texts.t as unknown as Translate) : undefined;
  return t?.(key as any, values as any) ?? Object.values(values).join(' ');
}
