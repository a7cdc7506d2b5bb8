import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../examples/demo/acts';
import { LocalCloud } from '../local/cloud';
import { PageServer } from '../local/page';
import { CHROMIUM, launchChromium } from '../test/local/page/chromium';

const IMAGE = join(__dirname, '..', 'docs', 'images', 'local-page.png');
const LOG = Array.from({ length: 30 }, (_, round) => (
  `[${round}]#011train-auc:${(0.95 - 0.3 * 0.9 ** round).toFixed(4)}#011validation-auc:${(0.92 - 0.3 * 0.9 ** round).toFixed(4)}`));

/** Deploys the pipeline of the examples, and takes a picture of the page while the tuning job runs and another job has ended. */
async function recordPage(): Promise<void> {
  if (!CHROMIUM) throw new Error('no Chromium is installed; CHROMIUM_PATH can name one');
  const assembly = mkdtempSync(join(tmpdir(), 'cdk.out-'));
  const cloud = await LocalCloud.start({
    given: { buckets: ['churn-data'] },
    region: 'eu-west-1',
    startAt: new Date('2026-01-05T09:00:00Z'),
    speed: 60,
    behavior: () => ({ trainingSeconds: 150, metrics: { 'validation:auc': 0.91 }, logs: { Training: LOG } }),
    faults: [{ fault: 'throttle', match: { operation: 'CreateTrainingJob', resource: '*baseline*' }, when: { nth: [1] } }],
  });
  const server = new PageServer(cloud);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 830 }, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(cloud.endpoint.url);
    const app = new App({ outdir: assembly });
    const stack = EXAMPLES.pipeline.acts[0].contents(app, { env: { region: cloud.region } });
    const deployment = cloud.deploy(app.synth(), stack.stackName);
    const baseline = page.locator('.row').filter({ hasText: 'Baseline' });
    await baseline.locator('.mark[data-kind=end]').waitFor({ timeout: 120_000 });
    await baseline.locator('a.name').click();
    await page.locator('.lines li').last().waitFor();
    await page.evaluate('window.scrollTo(0, 0); document.activeElement.blur()');
    await page.mouse.move(0, 0);
    await page.screenshot({ path: IMAGE });
    await deployment;
  } finally {
    server.close();
    await browser.close();
    await cloud.stop();
    rmSync(assembly, { recursive: true });
  }
}

void recordPage();
