import Form from '@rjsf/core/lib/components/Form.js';
import type { RegistryWidgetsType, RJSFSchema, TemplatesType, UiSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formSchema } from '../api/form-schema.ts';
import type { KnownValues } from '../api/known-values.ts';
import type { JsonSchema } from '../api/schema.ts';
import { FieldTemplate } from './field-template.tsx';
import { createFormValidator } from './form-validator.ts';
import {
  ArrayFieldItemTemplate,
  ArrayFieldTemplate,
  ObjectFieldTemplate,
  OptionalDataControlsTemplate,
} from './group-templates.tsx';
import type { LinksFor } from './own-link.tsx';
import { BooleanWidget, DateTimeWidget, SelectWidget, TextWidget } from './widgets.tsx';

export interface PayloadFormProps {
  schema: JsonSchema;
  value: unknown;
  known: KnownValues;
  /** For whom links of ours can be made; not where it goes to many. */
  linksFor?: LinksFor | undefined;
  onChange: (value: unknown) => void;
}

const TEMPLATES: Partial<TemplatesType> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  OptionalDataControlsTemplate,
};
const WIDGETS: RegistryWidgetsType = {
  TextWidget,
  TextareaWidget: TextWidget,
  URLWidget: TextWidget,
  SelectWidget,
  CheckboxWidget: BooleanWidget,
  DateTimeWidget,
};
/** Optional groups are added on purpose: an empty one is sent as one. */
const UI: UiSchema = { 'ui:globalOptions': { enableOptionalDataFieldForType: ['object', 'array'] } };

/** The fields of a payload, made from its schema. Loaded when a form is opened: see docs/adr/0005-command-forms.md. */
export function PayloadForm({ schema, value, known, linksFor, onChange }: PayloadFormProps) {
  const { t } = useTranslation();
  const shown = useMemo(() => formSchema(schema) as RJSFSchema, [schema]);
  const validator = useMemo(
    () => createFormValidator((finding) => t(`lint.${finding.rule}`, { limit: finding.limit })),
    [t],
  );
  const context = useMemo(() => ({ known, linksFor }), [known, linksFor]);
  return (
    <Form
      tagName="div"
      schema={shown}
      uiSchema={UI}
      validator={validator}
      formData={value}
      formContext={context}
      templates={TEMPLATES}
      widgets={WIDGETS}
      liveValidate="onChange"
      showErrorList={false}
      noHtml5Validate
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'populateRequiredDefaults',
        arrayMinItems: { populate: 'requiredOnly' },
      }}
      onChange={({ formData }) => onChange(formData)}
    >
      <span />
    </Form>
  );
}
