"""`haihe shell`: many questions in one sitting."""
