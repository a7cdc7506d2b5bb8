import { region_info } from 'aws-cdk-lib';

/** A publisher of the same repositories in many Regions. */
export interface ImageRegistry {
  /** The name in logical IDs. */
  readonly name: string;
  /** The accounts by Region. */
  readonly accounts: { readonly [region: string]: string };
}

// Source of the accounts: image_uri_config of aws/sagemaker-python-sdk, as of 2026-08-21.
const TABLE = `
region          OpenSource    Algorithms    Lda           DeepLearning  Forecasting   DebuggerRules
af-south-1      510948584623  455444449433  -             455444449433  455444449433  314341159256
ap-east-1       651117190479  286214385809  -             286214385809  286214385809  199566480951
ap-northeast-1  354813040037  351501993468  258307448986  501404015308  633353088612  430734990657
ap-northeast-2  366743142698  835164637446  293181348795  306986355934  204372634319  578805364391
ap-northeast-3  867004704886  867004704886  -             867004704886  867004704886  479947661362
ap-south-1      720646828776  991648021394  991648021394  991648021394  991648021394  904829902805
ap-south-2      628508329040  628508329040  -             628508329040  628508329040  -
ap-southeast-1  121021644041  475088953585  475088953585  475088953585  475088953585  972752614525
ap-southeast-2  783357654285  712309505854  297031611018  544295431143  514117268639  184798709955
ap-southeast-3  951798379941  951798379941  -             951798379941  951798379941  -
ap-southeast-4  106583098589  106583098589  -             106583098589  106583098589  -
ca-central-1    341280168497  469771592824  469771592824  469771592824  469771592824  519511493484
ca-west-1       190319476487  190319476487  -             190319476487  190319476487  -
cn-north-1      450853457545  390948362332  -             390948362332  390948362332  618459771430
cn-northwest-1  451049120500  387376663083  -             387376663083  387376663083  658757709296
eu-central-1    492215442770  664544806723  353608530281  813361260812  495149712605  482524230118
eu-central-2    680994064768  680994064768  -             680994064768  680994064768  -
eu-north-1      662702820516  669576153137  -             669576153137  669576153137  314864569078
eu-south-1      978288397137  257386234256  -             257386234256  257386234256  563282790590
eu-south-2      104374241257  104374241257  -             104374241257  104374241257  -
eu-west-1       141502667606  438346466558  999678624901  685385470294  224300973850  929884845733
eu-west-2       764974769150  644912444149  644912444149  644912444149  644912444149  250201462417
eu-west-3       659782779980  749696950732  -             749696950732  749696950732  447278800020
il-central-1    898809789911  898809789911  -             898809789911  898809789911  -
me-central-1    272398656194  272398656194  -             272398656194  272398656194  -
me-south-1      801668240914  249704162688  -             249704162688  249704162688  986000313247
sa-east-1       737474898029  855470959533  -             855470959533  855470959533  818342061345
us-east-1       683313688378  382416733822  766337827248  811284229777  522234722520  503895931360
us-east-2       257758044811  404615174143  999911452149  825641698319  566113047672  915447279597
us-gov-east-1   237065988967  237065988967  -             237065988967  237065988967  -
us-gov-west-1   414596584902  226302683700  226302683700  226302683700  226302683700  515509971035
us-iso-east-1   833128469047  490574956308  490574956308  490574956308  490574956308  -
us-isob-east-1  281123927165  765400339828  765400339828  765400339828  765400339828  -
us-isof-east-1  108575199400  108575199400  -             108575199400  108575199400  -
us-isof-south-1 124985052026  124985052026  -             124985052026  124985052026  -
us-west-1       746614075791  632365934929  632365934929  632365934929  632365934929  685455198987
us-west-2       246618743249  174872318107  266724342769  433757028032  156387875391  895741380848
`;

/** The display hint of the token for an account that the template looks up by its region. */
export const REGISTRY_TOKEN = 'SageMakerRegistry';

const [[, ...NAMES], ...ROWS] = TABLE.trim().split('\n').map((line) => line.split(/\s+/));

/** XGBoost and scikit-learn. */
export const OPEN_SOURCE = column('OpenSource');
/** Built-in algorithms without a registry of their own. */
export const ALGORITHMS = column('Algorithms');
/** Latent Dirichlet allocation. */
export const LDA = column('Lda');
/** Algorithms for images and text, and the first version of XGBoost. */
export const DEEP_LEARNING = column('DeepLearning');
/** DeepAR. */
export const FORECASTING = column('Forecasting');
/** The images that evaluate Debugger rules. */
export const DEBUGGER_RULES = column('DebuggerRules');

/** Accounts of the AWS Deep Learning Containers that the CDK does not list. Source: as above. */
const FURTHER_DLC_ACCOUNTS = {
  'af-south-1': '626614931356',
  'ap-northeast-3': '364406365360',
  'ap-southeast-5': '550225433462',
  'ap-southeast-7': '590183813437',
  'ca-west-1': '204538143572',
  'il-central-1': '780543022126',
  'mx-central-1': '637423239942',
  'us-gov-east-1': '446045086412',
  'us-gov-west-1': '442386744353',
  'us-iso-east-1': '886529160074',
  'us-isob-east-1': '094389454867',
  'us-isof-east-1': '303241398832',
  'us-isof-south-1': '454834333376',
};

let dlcAccounts: ImageRegistry['accounts'] | undefined;

/**
 * The AWS Deep Learning Containers, in the Regions that the CDK lists and in additional ones. Loading the CDK's Region facts
 * takes longer than loading this library, so they are read only when an image is located.
 */
export const DLC: ImageRegistry = {
  name: 'Dlc',
  get accounts() {
    return dlcAccounts ??= { ...FURTHER_DLC_ACCOUNTS, ...cdkDlcAccounts() };
  },
};

function cdkDlcAccounts(): ImageRegistry['accounts'] {
  return Object.fromEntries(region_info.RegionInfo.regions
    .flatMap(({ dlcRepositoryAccount, name }) => (dlcRepositoryAccount ? [[name, dlcRepositoryAccount]] : [])));
}

function column(name: string): ImageRegistry {
  const index = NAMES.indexOf(name);
  const rows = ROWS.map(([region, ...accounts]) => [region, accounts[index]]);
  return { name, accounts: Object.fromEntries(rows.filter(([, account]) => account !== '-')) };
}
