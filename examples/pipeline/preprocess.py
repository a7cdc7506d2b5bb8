"""Splits the raw customers into data for training and for validation. The label is in the first column."""
import argparse
import pathlib

import pandas
from sklearn.model_selection import train_test_split

ROOT = pathlib.Path('/opt/ml/processing')

parser = argparse.ArgumentParser()
parser.add_argument('--validation-fraction', type=float, default=0.2)
arguments = parser.parse_args()

raw = pandas.concat(pandas.read_csv(path) for path in (ROOT / 'input' / 'raw').glob('**/*.csv'))
customers = pandas.get_dummies(raw, dtype=float)
customers = customers[['churned', *customers.columns.drop('churned')]]

train, validation = train_test_split(customers, test_size=arguments.validation_fraction, random_state=0)
for name, part in (('train', train), ('validation', validation)):
    part.to_csv(ROOT / 'output' / name / 'part.csv', header=False, index=False)
