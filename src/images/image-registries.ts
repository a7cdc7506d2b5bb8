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
region          OpenSource    Algorithms    Lda           DeepLearning  Forecasting   DebuggerRules  Spark         Clarify       ModelMonitor
af-south-1      510948584623  455444449433  -             455444449433  455444449433  314341159256   309385258863  811711786498  875698925577
ap-east-1       651117190479  286214385809  -             286214385809  286214385809  199566480951   732049463269  098760798382  001633400207
ap-east-2       -             -             -             -             -             -              533267296287  -             -
ap-northeast-1  354813040037  351501993468  258307448986  501404015308  633353088612  430734990657   411782140378  377024640650  574779866223
ap-northeast-2  366743142698  835164637446  293181348795  306986355934  204372634319  578805364391   860869212795  263625296855  709848358524
ap-northeast-3  867004704886  867004704886  -             867004704886  867004704886  479947661362   102471314380  912233562940  990339680094
ap-south-1      720646828776  991648021394  991648021394  991648021394  991648021394  904829902805   105495057255  452307495513  126357580389
ap-south-2      628508329040  628508329040  -             628508329040  628508329040  -              873151114052  -             -
ap-southeast-1  121021644041  475088953585  475088953585  475088953585  475088953585  972752614525   759080221371  834264404009  245545462676
ap-southeast-2  783357654285  712309505854  297031611018  544295431143  514117268639  184798709955   440695851116  007051062584  563025443158
ap-southeast-3  951798379941  951798379941  -             951798379941  951798379941  -              800295151634  705930551576  669540362728
ap-southeast-4  106583098589  106583098589  -             106583098589  106583098589  -              819679513684  -             -
ap-southeast-5  -             -             -             -             -             -              841784149062  -             -
ap-southeast-7  -             -             -             -             -             -              471112967968  -             -
ca-central-1    341280168497  469771592824  469771592824  469771592824  469771592824  519511493484   446299261295  675030665977  536280801234
ca-west-1       190319476487  190319476487  -             190319476487  190319476487  -              000907499111  -             -
cn-north-1      450853457545  390948362332  -             390948362332  390948362332  618459771430   671472414489  122526803553  453000072557
cn-northwest-1  451049120500  387376663083  -             387376663083  387376663083  658757709296   844356804704  122578899357  453252182341
eu-central-1    492215442770  664544806723  353608530281  813361260812  495149712605  482524230118   906073651304  017069133835  048819808253
eu-central-2    680994064768  680994064768  -             680994064768  680994064768  -              142351485170  730335477804  590183933784
eu-north-1      662702820516  669576153137  -             669576153137  669576153137  314864569078   330188676905  763603941244  895015795356
eu-south-1      978288397137  257386234256  -             257386234256  257386234256  563282790590   753923664805  638885417683  933208885752
eu-south-2      104374241257  104374241257  -             104374241257  104374241257  -              833944533722  -             437450045455
eu-west-1       141502667606  438346466558  999678624901  685385470294  224300973850  929884845733   571004829621  131013547314  468650794304
eu-west-2       764974769150  644912444149  644912444149  644912444149  644912444149  250201462417   836651553127  440796970383  749857270468
eu-west-3       659782779980  749696950732  -             749696950732  749696950732  447278800020   136845547031  341593696636  680080141114
il-central-1    898809789911  898809789911  -             898809789911  898809789911  -              408426139102  -             843974653677
me-central-1    272398656194  272398656194  -             272398656194  272398656194  -              395420993607  -             588750061953
me-south-1      801668240914  249704162688  -             249704162688  249704162688  986000313247   750251592176  835444307964  607024016150
mx-central-1    -             -             -             -             -             -              211125459255  -             -
sa-east-1       737474898029  855470959533  -             855470959533  855470959533  818342061345   737130764395  520018980103  539772159869
us-east-1       683313688378  382416733822  766337827248  811284229777  522234722520  503895931360   173754725891  205585389593  156813124566
us-east-2       257758044811  404615174143  999911452149  825641698319  566113047672  915447279597   314815235551  211330385671  777275614652
us-gov-east-1   237065988967  237065988967  -             237065988967  237065988967  -              260923028637  -             -
us-gov-west-1   414596584902  226302683700  226302683700  226302683700  226302683700  515509971035   271483468897  598674086554  -
us-iso-east-1   833128469047  490574956308  490574956308  490574956308  490574956308  -              -             -             -
us-isob-east-1  281123927165  765400339828  765400339828  765400339828  765400339828  -              -             -             -
us-isof-east-1  108575199400  108575199400  -             108575199400  108575199400  -              -             579539705040  853188333426
us-isof-south-1 124985052026  124985052026  -             124985052026  124985052026  -              -             411392592546  467912361380
us-west-1       746614075791  632365934929  632365934929  632365934929  632365934929  685455198987   667973535471  740489534195  890145073186
us-west-2       246618743249  174872318107  266724342769  433757028032  156387875391  895741380848   153931337802  306415355426  159807026194
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
/** Spark for processing jobs. */
export const SPARK = column('Spark');
/** Amazon SageMaker Clarify. */
export const CLARIFY = column('Clarify');
/** Amazon SageMaker Model Monitor. */
export const MODEL_MONITOR = column('ModelMonitor');

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
