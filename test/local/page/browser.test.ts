import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { CfnOutput } from 'aws-cdk-lib';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, launchChromium } from './chromium';
import type { StackResult } from '../../../local/cloudformation';
import { PageServer } from '../../../local/page';
import { ContainerImage, S3Location, TrainingJob } from '../../../src';
import { World } from '../../deploy/world';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LINES = Array.from({ length: 12 }, (_, index) => `epoch ${index} <img src=x onerror="document.title='changed'">`);
const NO_BROWSER = 'no Chromium is installed; CHROMIUM_PATH can name one';

const train = (rounds: string) => (stack: Stack) => {
  const job = new TrainingJob(stack, 'Training', {
    trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
    outputLocation: S3Location.fromUri('s3://results/models'),
    hyperParameters: { rounds },
    metricDefinitions: [{ name: 'auc', regex: 'auc: (.*)' }],
  });
  new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
};

(CHROMIUM ? describe : describe.skip)(CHROMIUM ? 'the page in a browser' : `the page in a browser (${NO_BROWSER})`, () => {
  let world: World;
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  /** The messages of the console, and the requests to other addresses. */
  const complaints: string[] = [];

  beforeAll(async () => {
    world = await World.start({
      speed: 60,
      // CloudFormation delivers the event twice, and the second call of the function is throttled once.
      faults: [{ fault: 'duplicate', match: { resource: 'Training*' } }, { fault: 'throttle', match: { operation: 'CreateTrainingJob' }, when: { nth: [1] } }],
      behavior: ({ HyperParameters }) => ({
        startingSeconds: 120,
        trainingSeconds: 120,
        uploadingSeconds: 20,
        metrics: { auc: 0.91 },
        logs: { Training: LINES },
        ...(HyperParameters as { rounds: string }).rounds === '0' && { trainingSeconds: 20, failure: 'AlgorithmError: rounds must be positive, exit code: 1' },
      }),
    });
    server = new PageServer(world.cloud);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const { url } = world.cloud.endpoint;
    page.on('request', (request) => { if (!request.url().startsWith(url)) complaints.push(request.url()); });
    await page.goto(url);
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
    await world.stop();
  });

  const texts = async (selector: string) => page.locator(selector).allInnerTexts();
  const rowOf = (title: string) => page.locator('.row').filter({ hasText: title });
  const ruleViolations = async (): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate('axe.run({ resultTypes: ["violations"] })') as { violations: Array<{ id: string; nodes: Array<{ html: string; failureSummary: string }> }> };
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  };

  test('an empty cloud shows its clock and how to deploy', async () => {
    await page.locator('#welcome h2').waitFor();
    expect(await page.locator('#welcome').innerText()).toContain(`export AWS_ENDPOINT_URL=${world.cloud.endpoint.url}`);
    expect(await page.locator('#clock').innerText()).toBe('2026-01-01 00:00:00');
    expect(await page.locator('#speed').innerText()).toBe('UTC, 60 × real time');
    expect(await ruleViolations()).toEqual([]);
  });

  test('a deployment appears while it runs, with the phases, the waiting resource and the log of its job', async () => {
    const deployment = world.deploy(train('10'), 'Churn');
    let ended: StackResult | undefined;
    void deployment.then((result) => { ended = result; });
    await page.locator('.stack .badge', { hasText: 'CREATE_IN_PROGRESS' }).waitFor();
    await rowOf('Training').locator('.bar[data-phase=starting][data-open=true]').waitFor();
    await rowOf('Training').locator('a.name').click();
    await rowOf('Training').locator('.windows .bar').waitFor();
    await page.locator('.lines li', { hasText: 'epoch 0' }).waitFor();
    await rowOf('Training').locator('.bar[data-phase=running][data-open=true]').waitFor();
    expect(await page.locator('.now').isVisible()).toBe(true);
    expect(ended).toBeUndefined();

    expect((await deployment).status).toBe('CREATE_COMPLETE');
    await page.locator('.stack .badge', { hasText: 'CREATE_COMPLETE' }).waitFor();
    await page.locator('#announcements', { hasText: 'Stack Churn: CREATE_COMPLETE' }).waitFor({ state: 'attached' });
    expect(await page.locator('.now').isVisible()).toBe(false);
    expect(await rowOf('Training').locator('.bars .bar').evaluateAll((bars) => bars.map((bar) => (bar as unknown as { dataset: { phase: string } }).dataset.phase)))
      .toEqual(['starting', 'running', 'uploading']);
    expect(await rowOf('Training').locator('.mark[data-kind=end][data-tone=done]').count()).toBe(1);
    expect(await rowOf('Training').locator('.mark[data-kind=call]').count()).toBeGreaterThan(0);
    expect(await rowOf('Training').locator('.mark[data-kind=fault]').count()).toBe(1);
    expect(await page.locator('.row[data-level="0"] .mark[data-kind=fault]').count()).toBeGreaterThan(0);
    const calls = (await texts('#calls tbody tr')).join('\n');
    expect(calls).toMatch(/Function of Churn\s+sagemaker:CreateTrainingJob\s+churn-training-\S+\s+ThrottlingException\s+Fault injected/);
    expect(calls).toMatch(/Fault\s+Create\s+Training\w+\s+duplicate/);
    expect(await page.locator('.panel .facts').innerText()).toMatch(/training job churn-training-\S+ .* took 4 min 20 s .* stack Churn/);
    expect((await texts('.lines li')).join()).toContain('epoch 11');
    expect((await texts('[aria-labelledby=metrics-title] tbody tr')).join()).toMatch(/auc\s+0\.91/);
    expect(await page.locator('[aria-labelledby=description-title] tbody tr', { hasText: 'HyperParameters.rounds' }).innerText()).toMatch(/\*\*\*$/);
  }, 60_000);

  test('values are text, never HTML', async () => {
    expect((await texts('.lines li'))[0]).toContain('epoch 0 <img src=x onerror=');
    expect(await page.locator('.lines img').count()).toBe(0);
    expect(await page.title()).toBe('Local cloud');
  });

  test('a bar describes itself beside the pointer, and Escape hides the description', async () => {
    await rowOf('Training').locator('.bar[data-phase=running]').hover();
    await page.locator('.tooltip', { hasText: '2 min 00 s' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.tooltip').isVisible()).toBe(false);
  });

  test('a failed deployment shows its reason, at the stack and at the job', async () => {
    expect((await world.deploy(train('0'), 'Churn')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await page.locator('.stack .reason', { hasText: 'rounds must be positive' }).waitFor();
    await page.locator('.stack').click();
    await page.locator('.failure', { hasText: 'AlgorithmError: rounds must be positive' }).waitFor();
    expect((await texts('[aria-labelledby=events-title] tbody tr')).join()).toMatch(/Training\s[^]*UPDATE_FAILED[^]*rounds must be positive/);
    expect((await texts('[aria-labelledby=outputs-title] tbody tr')).join()).toMatch(/Model\s+s3:\/\/results\/models/);
    await page.locator('.row:has(.mark[data-kind=end][data-tone=failed]) a.name').click();
    await page.locator('.failure', { hasText: 'AlgorithmError: rounds must be positive' }).waitFor();
    await page.locator('.panel h2', { hasText: 'Training' }).waitFor();
  }, 60_000);

  test('the keyboard reaches everything, and shows where it is', async () => {
    await page.locator('.stack').click();
    await page.locator('h1').click();
    // To the link before it.
    await page.keyboard.press('Shift+Tab');
    const reached: string[] = [];
    for (let stop = ''; !reached.includes(stop) && reached.length < 80;) {
      if (stop !== '') {
        reached.push(stop);
        await page.keyboard.press('Tab');
      }
      stop = await page.evaluate(`(() => {
        const { id, className, hash = '', textContent } = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        const isVisible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        return [isVisible ? 'visible' : 'invisible', id || className, hash, textContent.slice(0, 20)].join(' ');
      })()`);
    }
    expect(reached.filter((stop) => stop.startsWith('invisible') && !/ BODY|^invisible {3}/.test(stop))).toEqual([]);
    for (const name of ['skip', 'stack #stack', 'period', 'zoom-out', 'fit', 'zoom-in', 'show-chart', 'show-table', 'name #stack', 'name #job']) {
      expect(reached.some((stop) => stop.startsWith(`visible ${name}`)) || name).toBe(true);
    }
    await page.locator('a.name[href^="#job"]').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#details-title:focus', { hasText: 'Training' }).waitFor();
    await page.locator('#show-table').focus();
    await page.keyboard.press('Enter');
    const rows = await texts('#table tbody tr');
    expect(rows.join('\n')).toMatch(/Churn\s[^]*Operation\s+CREATE_IN_PROGRESS[^]*Phase\s+Starting[^]*Phase\s+Training[^]*Window\s+CREATE_COMPLETE/);
    expect(await page.locator('#chart').isVisible()).toBe(false);
    expect(await ruleViolations()).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds no violation in a %s color scheme, and on a narrow screen', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator('#show-chart').click();
    await page.locator('a.name[href^="#job"]').first().click();
    await page.locator('.lines li').first().waitFor();
    expect(await ruleViolations()).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator('.stack').click();
    expect(await ruleViolations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor') as string;
    const [brightness] = /\d+/.exec(background)!;
    if (colorScheme === 'dark') expect(Number(brightness)).toBeLessThan(60);
    else expect(Number(brightness)).toBeGreaterThan(200);
  });

  test('zooming widens the axis, and fitting shows all of it', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const width = async () => page.evaluate('document.querySelector(".axis").scrollWidth / document.querySelector(".axis").clientWidth') as Promise<number>;
    expect(await width()).toBe(1);
    await page.locator('#zoom-in').click();
    await page.locator('#zoom-in').click();
    expect(await width()).toBeGreaterThan(2.5);
    expect(await page.locator('.axis').getAttribute('tabindex')).toBe('0');
    await page.locator('#fit').click();
    expect(await width()).toBe(1);
  });

  test('the page stays readable when the local cloud ends', async () => {
    expect(complaints).toEqual([]);
    server.close();
    await world.cloud.stop();
    await page.locator('#connection[data-state=lost]').waitFor();
    expect(await page.locator('#connection').innerText()).toMatch(/^Not connected/);
    await page.locator('a.name[href^="#job"]').first().click();
    await page.locator('.panel h2', { hasText: 'Training' }).waitFor();
  });
});
