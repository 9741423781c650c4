import { expect } from '@playwright/test';
import { register, test } from '../../fixtures/test.ts';

test('the desired state of a shadow is edited as JSON: set, changed, taken away', async ({ admin: page, product }) => {
  await register(page, product, { thingName: 'CP1' });
  await page.goto(`${product.url}/charge-points/CP1?tab=shadow`);
  const desired = page.getByRole('region', { name: 'Desired' });
  const text = desired.getByRole('textbox', { name: 'Desired' });
  const save = desired.getByRole('button', { name: 'Save' });
  const edit = async (json: string) => {
    await desired.getByRole('button', { name: 'Edit' }).click();
    await text.fill(json);
  };
  const kept = async () => {
    const response = await page.request.get(`${product.url}/api/v1/things/CP1/shadow`);
    return ((await response.json()) as { state: { desired: unknown } }).state.desired;
  };

  await edit('{"light": {"level": 40, "colour": "white"}');
  await expect(save).toBeDisabled();
  await text.fill('[1]');
  await expect(desired.getByText('has to be a JSON object')).toBeVisible();
  await expect(save).toBeDisabled();
  await text.fill('{"light": {"level": 40, "colour": "white"}, "list": [1, {"a": null}]}');
  await save.click();
  await expect(desired.locator('pre')).toContainText('"level": 40');

  await edit('{"light": {"level": 80}}');
  await save.click();
  await expect(desired.locator('pre')).toContainText('"level": 80');
  await expect(desired.locator('pre')).not.toContainText('colour');
  expect(await kept()).toEqual({ light: { level: 80 } });

  await edit('{}');
  await save.click();
  await expect(desired.locator('pre')).toHaveText('{}');
  expect(await kept()).toEqual({});
  await page.reload();
  await expect(desired.locator('pre')).toHaveText('{}');
});

test('what somebody else changes shows, and an edit begun before does not undo it', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  const patch = (desired: object) =>
    page.request.patch(`${product.url}/api/v1/things/CP1/shadow`, {
      data: { state: { desired } },
      headers: { origin: product.url },
    });
  await patch({ mine: 1, theirs: 1 });
  await page.goto(`${product.url}/charge-points/CP1?tab=shadow`);
  const desired = page.getByRole('region', { name: 'Desired' });
  await desired.getByRole('button', { name: 'Edit' }).click();
  await patch({ theirs: 2 });
  await desired.getByRole('textbox', { name: 'Desired' }).fill('{"mine": 5, "theirs": 1}');
  await desired.getByRole('button', { name: 'Save' }).click();
  await expect(desired.locator('pre')).toContainText('"mine": 5');
  await expect(desired.locator('pre')).toContainText('"theirs": 2');
});
